v = <<end
a
end
