// People of the example firm, who lead and sell themselves, are put into one built-in role after the other, so that
// each role has records of its own and of its team in sight.
const PEOPLE = ["fomin", "larina"];
const PASSWORD = "sbyt-ural-2028";

/** Each with a part of the roles. */
export async function inEachRole(server) {
  const owner = await server.caller();
  const { items: roles } = await owner.get("/api/role?limit=200");
  const { items: users } = await owner.get("/api/user?limit=200");
  const keys = roles.map(({ name_key: key }) => key).filter((key) => key && key !== "role.owner");
  const one = async (login, at) => {
    const { id } = users.find((user) => user.login === login);
    await owner.post(`/api/user/${id}/password`, { password: PASSWORD });
    return {
      person: { login, password: PASSWORD },
      roles: keys.filter((_, n) => n % PEOPLE.length === at),
      becomes: (key) => owner.patch(`/api/user/${id}`, { role_id: roles.find((role) => role.name_key === key).id }),
    };
  };
  return Promise.all(PEOPLE.map(one));
}
