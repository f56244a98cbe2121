// What features add to the cards of records.
import { sections as related } from "@/features/related/sections";
import { readySections } from "@/record/sections";

export const sections = readySections([...related]);
