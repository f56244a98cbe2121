// What features add to the cards of records.
import { sections as activities } from "@/features/activities/sections";
import { sections as deals } from "@/features/deals/sections";
import { sections as files } from "@/features/files/sections";
import { sections as related } from "@/features/related/sections";
import { sections as requests } from "@/features/requests/sections";
import { sections as watches } from "@/features/watches/sections";
import { readySections } from "@/record/sections";

export const sections = readySections([...activities, ...deals, ...files, ...related, ...requests, ...watches]);
