// The language before anybody is signed in: what this browser last used, else what it prefers.
import { recall } from "@/core/remember";
import type { Language } from "@/core/words";

export const browsersLanguage: Language = navigator.language.toLowerCase().startsWith("ru") ? "ru" : "en";

export const preferredLanguage = () => recall<Language>("language", browsersLanguage);
