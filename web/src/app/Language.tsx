// The language of the screen: the user's own once signed in, before that what this browser last used or prefers.
import { useQuery } from "@tanstack/react-query";
import { Fragment, type ReactNode, useEffect } from "react";
import { useWho } from "@/api/useSession";
import { wordsQuery } from "@/api/useWords";
import { setZone } from "@/core/day";
import { browsersLanguage } from "@/core/preferredLanguage";
import { setCurrency } from "@/core/number";
import { remember, useRemembered } from "@/core/remember";
import { type Language as Code, speak } from "@/core/words";

export function Language({ children }: { children: ReactNode }) {
  const [here] = useRemembered<Code>("language", browsersLanguage);
  const who = useWho().data;
  const session = who?.session;
  const language = session?.user.language ?? here;
  const { data: words, isError } = useQuery(wordsQuery(language));
  useEffect(() => {
    if (session) remember("language", session.user.language);
  }, [session]);
  if (isError)
    return <p role="alert">Сервер не отвечает. Обновите страницу. · The server does not answer. Please reload.</p>;
  if (!words) return null;
  speak(language, words);
  if (session) {
    setCurrency(session.firm.currency);
    setZone(session.user.zone ?? session.firm.zone, session.firm.today);
  }
  return <Fragment key={language}>{children}</Fragment>;
}
