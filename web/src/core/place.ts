// Where somebody was in each list: at which row, how far down, under which conditions. It lasts as long as the tab, and
// is that of one person.
export interface Place {
  /** The record that was chosen last. */
  row: number | null;
  /** How far the list is scrolled, in pixels. */
  top: number;
}

let whose = 0;
const places = new Map<string, Place>();
const left = new Map<string, string>();

/** Whose places are kept from now on; another person's are forgotten. */
export function placesAreOf(user: number) {
  if (user === whose) return;
  whose = user;
  places.clear();
  left.clear();
}

/** The place in the list at an address with its conditions, to be read and written. */
export function placeAt(address: string): Place {
  const known = places.get(address) ?? { row: null, top: 0 };
  places.set(address, known);
  return known;
}

/** The list at a path is shown at this address, with its conditions. */
export const leftAt = (path: string, address: string) => void left.set(path, address);

/** Where a way back to a list leads: to it as it was left. */
export const backTo = (path: string) => left.get(path) ?? path;
