// Whether an answer speaks of nothing: no sale in its period, or none in the base at all.
import { may, useSession } from "@/api/useSession";
import { useCount } from "@/api/useCount";
import { t } from "@/core/words";
import type { Answer } from "@/features/analysis/answers";

export function useNothing(answer: Answer | undefined): boolean {
  const session = useSession();
  // An empty history begins and ends today.
  const oneDay = answer !== undefined && answer.settings.earliest === answer.settings.latest;
  const sales = useCount("sale", {}, oneDay && may(session, "sale", "view"));
  return answer?.sentence === t("analysis.nothing") || (oneDay && sales.data?.count === 0);
}
