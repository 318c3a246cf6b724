v = {data-class = 1}.data-class
