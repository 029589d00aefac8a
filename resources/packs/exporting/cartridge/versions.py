"""What differs from version to version of Common Cartridge: names of schemas, namespaces and types."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Version:
    """`number` is what the manifest says of itself, `mark` what stands in the names of its schemas.

    https://www.imsglobal.org/cc/ccv1p3/imscc_Implementation-v1p3.html
    """

    number: str
    mark: str

    @property
    def package(self) -> str:
        return f"http://www.imsglobal.org/xsd/imscc{self.mark}/imscp_v1p1"

    @property
    def metadata(self) -> str:
        return f"http://ltsc.ieee.org/xsd/imscc{self.mark}/LOM/manifest"

    @property
    def topic(self) -> str:
        return f"http://www.imsglobal.org/xsd/imscc{self.mark}/imsdt_{self.mark}"

    @property
    def link(self) -> str:
        return f"http://www.imsglobal.org/xsd/imscc{self.mark}/imswl_{self.mark}"

    @property
    def topic_type(self) -> str:
        return f"imsdt_xml{self.mark}"

    @property
    def link_type(self) -> str:
        return f"imswl_xml{self.mark}"

    def schema(self, namespace: str) -> str:
        """Where the schema of one of its namespaces is published."""
        profile = f"http://www.imsglobal.org/profile/cc/cc{self.mark}"
        name = f"cc{self.mark}"
        return {
            self.package: f"{profile}/{name}_imscp_v1p2_v1p0.xsd",
            self.metadata: f"{profile}/LOM/{name}_lommanifest_v1p0.xsd",
            self.topic: f"{profile}/{name}_imsdt_{self.mark}.xsd",
            self.link: f"{profile}/{name}_imswl_{self.mark}.xsd",
        }[namespace]


NEWEST = Version("1.3.0", "v1p3")
# The newest that Moodle takes: it looks for this version's namespace in the manifest.
MOODLES = Version("1.1.0", "v1p1")
