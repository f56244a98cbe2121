// From a list: a request is taken.
import { useEffect, useRef } from "react";
import { useSession } from "@/api/useSession";
import { useSteps } from "@/features/requests/useSteps";
import type { RowDeedProps } from "@/list/rowActions";

export default function RowTake({ rows: [row], close }: RowDeedProps) {
  const session = useSession();
  const { take } = useSteps();
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || !row) return;
    begun.current = true;
    take(row, session.user.id);
    close();
  });
  return null;
}
