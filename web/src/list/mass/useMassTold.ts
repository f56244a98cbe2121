// What came of a deed at many records, in one message: how many are changed, with a way back, or who was left out and
// why.
import { tn } from "@/core/words";
import { type Done, tellBack, type useMass } from "@/list/mass/useMass";
import { tellDone, tellNote } from "@/ui/toasts";

export function useMassTold(mass: ReturnType<typeof useMass>) {
  return (done: Done) => {
    const back = () => void mass.back(done.id).then(tellBack);
    if (done.changed > 0) tellDone(tn("web.mass.changed", done.changed), back);
    if (done.refused > 0)
      tellNote(
        [
          tn("web.mass.refused", done.refused),
          ...done.left.slice(0, 3).map((each) => `${each.title}: ${each.text}`),
        ].join(" "),
      );
  };
}
