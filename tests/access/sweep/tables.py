"""What there is, as the program itself tells it: routes, entities with their fields, rights and roles."""
import collections
import re

Route = collections.namedtuple("Route", "method path entity tail needs open params body taken required status")


def needs_of(operation):
    return tuple(operation["x-needs"].split(".")) if "x-needs" in operation else None


def body_of(api, operation):
    """(kind, members, required): kind None, "file", "json", or "record" where it is what an entity takes."""
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return None, {}, []
    if "application/octet-stream" in content:
        return "file", {}, []
    schema = content["application/json"]["schema"]
    if "$ref" in schema:
        return "record", api["components"]["schemas"][schema["$ref"].split("/")[-1]]["properties"], []
    return "json", schema.get("properties", {}), schema.get("required", [])


class Tables:
    def __init__(self, ask):
        self.api = ask.well("owner", "GET", "/api/openapi.json")
        self.entities = {e["name"]: e for e in ask.well("owner", "GET", "/api/meta")["entities"]}
        self.matrix = {row["entity"]: row for row in ask.well("owner", "GET", "/api/rights")["items"]}
        self.routes = [self.route(path, method, operation) for path, methods in self.api["paths"].items()
                       for method, operation in methods.items()]
        roles = ask.well("owner", "GET", "/api/role", limit=200)["items"]
        self.roles = {
            role["name_key"].removeprefix("role."): ask.well("owner", "GET", f"/api/role/{role['id']}")
            for role in roles
        }

    def route(self, path, method, operation):
        parts = path.split("/")[2:]
        entity = parts[0] if parts[0] in self.entities else None
        tail = "/".join(parts[1:]) if entity else "/".join(parts)
        kind, taken, required = body_of(self.api, operation)
        params = {p["name"]: p for p in operation.get("parameters", []) if p["in"] == "query"}
        status = next(int(s) for s in operation["responses"] if re.fullmatch(r"\d+", s))
        return Route(method.upper(), path, entity, tail, needs_of(operation),
                     operation.get("security") == [], params, kind, taken, required, status)

    def fields(self, entity):
        return self.entities[entity]["fields"]

    def children(self, entity):
        return self.entities[entity]["children"]

    def listed(self, entity):
        """The children of its records that have a list of their own."""
        return [c for c in self.children(entity) if f"/api/{c.get('entity')}" in self.api["paths"]]

    def above(self, route):
        """(entity, children): whose children a route lists; (None, None): nobody's."""
        of = route.path.split("/")[2]
        return next(((e, c) for e in self.entities for c in self.listed(e) if c["entity"] == of), (None, None))

    def scoped(self, entity):
        return self.matrix[entity]["scoped"] or self.follows(entity) is not None

    def follows(self, entity):
        """The link to what a record of the entity hangs on, and whose reach it has; None: it stands for itself."""
        return self.entities[entity].get("follows")

    def masks(self):
        """Every group of fields that can be hidden."""
        lists = [e["fields"] for e in self.entities.values()
                 ] + [c["fields"] for e in self.entities.values() for c in e["children"]]
        return sorted({f["mask"] for fields in lists for f in fields if "mask" in f})

    def every_right(self, scope, mask=""):
        return [{"entity": name, "verb": verb, "scope": scope, "mask": mask}
                for name, row in self.matrix.items()
                for verb in row["verbs"]]
