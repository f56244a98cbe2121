// The sign-in of the door, for whoever's session has ended or who has left.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { sessionEnded } from "@/core/sessionEnded";
import { useSignal } from "@/core/signal";
import { t } from "@/core/words";
import { signInPage } from "@/door/signInPage";

export default function SignIn() {
  const client = useQueryClient();
  const place = useRef<HTMLDivElement>(null);
  const ended = useSignal(sessionEnded);
  useEffect(() => {
    const entered = () => {
      sessionEnded.set(false);
      void client.invalidateQueries({ queryKey: ["session"] });
    };
    place.current?.replaceChildren(signInPage({ note: ended ? t("web.sign_in.ended") : undefined, entered }));
  }, [client, ended]);
  return <div ref={place} />;
}
