// Time zones as people know them: by a city and its distance from Greenwich, "Екатеринбург, +5".
import { known, spoken, t } from "@/core/words";

const keyOf = (zone: string) => `web.zone.${zone.toLowerCase().replace(/[^a-z]+/g, "_")}`;

/* Those we have words for by these, others as the zone is called. */
const cityOf = (zone: string) => (known(keyOf(zone)) ? t(keyOf(zone)) : zone.replace(/^.*\//, "").replaceAll("_", " "));

const offsetIn = (zone: string) =>
  new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" })
    .formatToParts()
    .find((part) => part.type === "timeZoneName")?.value ?? "";

const offsetOf = (zone: string) => offsetIn(zone).replace("GMT", "").replace("-", "\u2212") || "+0";

const hoursOf = (offset: string) => {
  const [hours = "0", minutes = "0"] = offset.replace("\u2212", "-").split(":");
  return Number(hours) + (Number(minutes) / 60) * (hours.startsWith("-") ? -1 : 1);
};

export interface Zone {
  value: string;
  label: string;
}

export function zoneInWords(zone: string): string {
  try {
    return `${cityOf(zone)}, ${offsetOf(zone)}`;
  } catch {
    return zone; // one that this browser does not know
  }
}

/** All zones from west to east, those of `first` before them. */
export function zones(first: string[]): Zone[] {
  const words = new Intl.Collator(spoken());
  const all = Intl.supportedValuesOf("timeZone").map((value) => ({
    value,
    label: zoneInWords(value),
    hours: hoursOf(offsetOf(value)),
  }));
  all.sort((a, b) => a.hours - b.hours || words.compare(a.label, b.label));
  const names = [...new Set([...first.filter(Boolean), ...all.map(({ value }) => value)])];
  const known = new Map(all.map((zone) => [zone.value, zone.label]));
  return names.map((value) => ({ value, label: known.get(value) ?? zoneInWords(value) }));
}
