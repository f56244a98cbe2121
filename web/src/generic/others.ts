// Entities that have no place of their own in the client.
import type { Session } from "@/api/shapes";
import { entityNames } from "@/api/types";
import { may } from "@/api/useSession";
import { isOther } from "@/list/door";

export const othersOf = (session: Session) => entityNames.filter((name) => isOther(name) && may(session, name, "view"));
