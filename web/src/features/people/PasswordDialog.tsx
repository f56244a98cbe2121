// A password for a person: proposed by the program, changeable, shown once to be handed over.
import { Button, Group, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { said } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { t } from "@/core/words";
import { titleOf } from "@/fields/titleOf";
import { useSetPassword } from "@/features/people/useSetPassword";
import { Dialog } from "@/ui/Dialog";
import { tellDone } from "@/ui/toasts";

/* Letters and digits that cannot be taken for each other when read aloud or written down. */
const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

function proposed() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const letters = Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length]).join("");
  return letters.replace(/(.{4})(?=.)/g, "$1-");
}

export function PasswordDialog({ user, close }: { user: Saved; close: () => void }) {
  const [password, setPassword] = useState(proposed);
  const [refused, setRefused] = useState("");
  const { mutateAsync, isPending } = useSetPassword(user.id);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await mutateAsync({ password });
      tellDone(t("web.people.password_set"));
      close();
    } catch (error) {
      setRefused(said(error));
    }
  };
  return (
    <Dialog onClose={close} title={t("web.people.password_for", { name: titleOf(user) })}>
      <form onSubmit={(event) => void save(event)}>
        <TextInput
          label={t("web.sign_in.password")}
          description={t("web.people.password_note")}
          autoComplete="off"
          spellCheck={false}
          value={password}
          error={refused}
          onChange={(event) => setPassword(event.currentTarget.value)}
          data-autofocus
        />
        <Group justify="space-between" mt="md">
          <Button variant="subtle" onClick={() => setPassword(proposed())}>
            {t("web.people.password_other")}
          </Button>
          <Button type="submit" loading={isPending}>
            {t("web.people.password_save")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
