// On the card of every record: the files that hang on it.
import type { Section } from "@/record/sections";

export const sections: Section[] = [
  {
    name: "files",
    entity: null,
    place: "main",
    order: 80,
    needs: ["attachment", "view"],
    load: () => import("@/features/files/Files"),
  },
];
