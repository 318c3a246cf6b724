"""Names of container images, as all front ends that read them shorten them."""


def short_image(image: str) -> str:
    """The last part of an image's name, without registry, tag and digest: ``registry.example/a/api:1`` -> ``api``."""
    return image.partition("@")[0].rpartition("/")[2].partition(":")[0]
