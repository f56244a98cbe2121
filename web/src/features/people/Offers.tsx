// What a new version brings where somebody has edited what came with the program: beside what stands, to take or leave.
import { Button } from "@mantine/core";
import { Link } from "wouter";
import { may, useSession } from "@/api/useSession";
import { moment } from "@/core/day";
import { t } from "@/core/words";
import { type Offer, type Side, useAnswer, useOffers } from "@/features/people/useOffers";
import { placeLabel, type Right, verbLabel } from "@/features/people/rights";
import { Section } from "@/record/Section";
import css from "@/features/people/Offers.module.css";

export function Offers() {
  const changes = may(useSession(), "role", "change");
  const { data } = useOffers(changes);
  if (!data?.items.length) return null;
  return (
    <div className={css.around}>
      <Section title={t("web.offers.title")}>
        <p className={css.note}>{t("web.offers.note")}</p>
        <ul className={css.offers}>
          {data.items.map((offer) => (
            <Line key={`${offer.origin} ${offer.key}`} offer={offer} />
          ))}
        </ul>
      </Section>
    </div>
  );
}

/** A thing that would be another: its name, what stands, what is offered. */
interface Difference {
  name: string;
  stands: string;
  offered: string;
}

const right = ({ scope, mask }: Right) =>
  mask
    ? t("web.offers.hides", {
        scope: t(`web.scope.${scope}`),
        masks: mask
          .split(",")
          .map((one) => t(`web.mask.${one}`))
          .join(", "),
      })
    : t(`web.scope.${scope}`);

const rightOf = (side: Side, verb: string) => {
  const found = side.rights?.find((each) => each.verb === verb);
  return found ? right(found) : t("web.scope.none");
};

const text = (value: unknown) => (value === null || value === undefined || value === "" ? "—" : String(value));

/** Of rights a line a verb; of a list how many rows it has; of a field what it holds. */
function differences({ entity, stands, offered }: Offer): Difference[] {
  const verbs = [...(stands.rights ?? []), ...(offered.rights ?? [])].map((each) => each.verb);
  const rights = [...new Set(verbs)].map((verb) => ({
    name: verbLabel(verb),
    stands: rightOf(stands, verb),
    offered: rightOf(offered, verb),
  }));
  const fields = Object.keys(offered)
    .filter((name) => name !== "rights")
    .map((name) => {
      const show = (value: unknown) => (Array.isArray(value) ? String(value.length) : text(value));
      return { name: t(`${entity}.${name}`), stands: show(stands[name]), offered: show(offered[name]) };
    });
  return [...rights, ...fields].filter((each) => each.stands !== each.offered);
}

/** "Sales manager · Clients" */
function titleOf({ title, stands, offered }: Offer): string {
  const part = (offered.rights ?? stands.rights ?? []).at(0)?.entity;
  return part ? `${title} · ${placeLabel(part)}` : title;
}

const pathOf = ({ entity, record }: Offer) => (entity === "role" ? `/people/roles/${record}` : null);

function Line({ offer }: { offer: Offer }) {
  const take = useAnswer("take");
  const leave = useAnswer("leave");
  const title = titleOf(offer);
  const path = pathOf(offer);
  const busy = take.isPending || leave.isPending;
  return (
    <li className={css.offer}>
      <div className={css.what}>
        <b>{path ? <Link to={path}>{title}</Link> : title}</b>
        <span className={css.dim}>{t("web.offers.since", { at: moment(offer.at) })}</span>
        <table className={css.sides}>
          <thead>
            <tr>
              <th scope="col">{t("web.offers.what")}</th>
              <th scope="col">{t("web.offers.stands")}</th>
              <th scope="col">{t("web.offers.offered")}</th>
            </tr>
          </thead>
          <tbody>
            {differences(offer).map((each) => (
              <tr key={each.name}>
                <th scope="row">{each.name}</th>
                <td>{each.stands}</td>
                <td>{each.offered}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={css.deeds}>
        <Button
          size="xs"
          aria-label={t("web.offers.take_of", { name: title })}
          disabled={busy}
          onClick={() => take.mutate(offer)}
        >
          {t("web.offers.take")}
        </Button>
        <Button
          size="xs"
          variant="default"
          aria-label={t("web.offers.leave_of", { name: title })}
          disabled={busy}
          onClick={() => leave.mutate(offer)}
        >
          {t("web.offers.leave")}
        </Button>
      </div>
    </li>
  );
}
