// Going to a record in order to change it: the entry of the history says so, once.
export const toEdit = { state: { edit: true } };

/** Whether this screen was come to in order to change something; asked again, or after a reload, it was not. */
export function isToEdit(): boolean {
  const asked = (window.history.state as { edit?: boolean } | null)?.edit === true;
  if (asked) window.history.replaceState(null, "");
  return asked;
}
