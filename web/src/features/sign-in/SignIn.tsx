// The sign-in page.
import { Button, PasswordInput, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { call, said } from "@/api/http";
import { sessionEnded } from "@/core/sessionEnded";
import { useSignal } from "@/core/signal";
import { t } from "@/core/words";
import { Threshold } from "@/ui/Threshold";

export default function SignIn() {
  const client = useQueryClient();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState("");
  const ended = useSignal(sessionEnded);
  const enter = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefused("");
    try {
      await call("POST", "/api/session", { body: { login, password } });
      sessionEnded.set(false);
      await client.invalidateQueries({ queryKey: ["session"] });
    } catch (error) {
      setRefused(said(error));
      setBusy(false);
      field.current?.select();
    }
  };
  return (
    <Threshold title={t("web.sign_in.title")} note={ended ? t("web.sign_in.ended") : undefined} refused={refused}>
      <form onSubmit={(event) => void enter(event)}>
        <TextInput label={t("web.sign_in.login")} name="login" autoComplete="username" autoFocus required withAsterisk={false} mb="sm" value={login} onChange={(event) => setLogin(event.currentTarget.value)} />
        <PasswordInput ref={field} label={t("web.sign_in.password")} name="password" autoComplete="current-password" required withAsterisk={false} mb="lg" value={password} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ "aria-label": t("web.sign_in.show") }} />
        <Button type="submit" fullWidth loading={busy}>
          {t("web.sign_in.enter")}
        </Button>
        <Text size="sm" c="dimmed" mt="md">
          {t("web.sign_in.forgot")}
        </Text>
      </form>
    </Threshold>
  );
}
