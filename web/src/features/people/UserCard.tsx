// A person of the firm: role, unit, how to reach them; a new password, and signing them out everywhere.
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link, useParams } from "wouter";
import { call, said } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { may, mayHere, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { HandOverDialog } from "@/features/people/HandOverDialog";
import { HandOvers } from "@/features/people/HandOvers";
import { PasswordDialog } from "@/features/people/PasswordDialog";
import { RecordCard } from "@/record/RecordCard";
import { tellBad, tellDone } from "@/ui/toasts";

export default function UserCard() {
  const id = Number(useParams<{ id: string }>().id);
  return (
    <RecordCard
      entity="user"
      id={id}
      back={{ to: "/people", label: t("web.place.people") }}
      fields={["name", "login", "role_id", "unit_id", "phone", "email", "language", "zone", "blocked"]}
      actions={(user) => <Deeds user={user} />}
    >
      {(user) => <HandOvers user={user} />}
    </RecordCard>
  );
}

function Deeds({ user }: { user: Saved }) {
  const session = useSession();
  const [open, setOpen] = useState(false);
  const [handing, setHanding] = useState(false);
  const signOut = async () => {
    try {
      await call("POST", `/api/user/${user.id}/sign-out`);
      tellDone(t("web.people.signed_out"));
    } catch (error) {
      tellBad(said(error));
    }
  };
  return (
    <>
      {may(session, "client", "view") && (
        <Button variant="default" component={Link} href={`/standing?whose=${user.id}`}>
          {t("web.standing.title")}
        </Button>
      )}
      {may(session, "user", "password") && user.id !== session.user.id && (
        <Button variant="default" onClick={() => setOpen(true)}>
          {t("web.people.password")}
        </Button>
      )}
      {may(session, "user", "sign_out") && (
        <Button variant="default" onClick={() => void signOut()}>
          {t("web.people.sign_out")}
        </Button>
      )}
      {mayHere(session, "user", user, "hand_over") && (
        <Button variant="default" onClick={() => setHanding(true)}>
          {t("web.hand_over")}
        </Button>
      )}
      {handing && <HandOverDialog user={user} close={() => setHanding(false)} />}
      {open && <PasswordDialog user={user} close={() => setOpen(false)} />}
    </>
  );
}
