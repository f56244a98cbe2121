// All that a person holds goes to others: why, by which rule and to whom; who would get how much is shown before.
import { Button, Group, Radio, Select, Stack } from "@mantine/core";
import { type FormEvent, useState } from "react";
import X from "icons/IconX.mjs";
import { Refusal, said } from "@/api/http";
import type { Saved, Title } from "@/api/shapes";
import { may, useSession } from "@/api/useSession";
import { daysAfter, today } from "@/core/day";
import { money, whole } from "@/core/number";
import { t, tn } from "@/core/words";
import DayInput from "@/fields/DayInput";
import { RefSelect } from "@/fields/RefSelect";
import { titleOf } from "@/fields/titleOf";
import { type Handing, type Rule, RULES, type Share, useHand, useHandPlan } from "@/features/people/useHandOver";
import { Dialog } from "@/ui/Dialog";
import { Room } from "@/ui/Room";
import { tellDone } from "@/ui/toasts";
import css from "@/features/people/HandOver.module.css";

type Why = "leave" | "dismiss" | "stay";

const FORTNIGHT = 14;

export function HandOverDialog({ user, close }: { user: Saved; close: () => void }) {
  const session = useSession();
  const dismisses = may(session, "user", "change") && user.id !== session.user.id && !user.blocked;
  const [why, setWhy] = useState<Why>("leave");
  const [until, setUntil] = useState<string | null>(daysAfter(today() ?? "", FORTNIGHT));
  const [rule, setRule] = useState<Rule>("one");
  const [people, setPeople] = useState<Title[]>([]);
  const handing: Handing = {
    rule,
    to: people.map((each) => each.id),
    ...(why === "leave" && until ? { until } : {}),
    ...(why === "dismiss" ? { dismiss: true } : {}),
  };
  const plan = useHandPlan(user.id, handing);
  /* What is done has been shown before: not what was asked about a moment ago. */
  const shown = Boolean(plan.data) && !plan.error && !plan.isPlaceholderData;
  const { mutateAsync, isPending, error } = useHand(user);
  const wrong = error ?? plan.error;
  const of = (field: string) => (wrong instanceof Refusal ? wrong.of(field)[0] : undefined);
  const elsewhere = wrong && !["to", "until"].some(of);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await mutateAsync(handing);
      tellDone(t("web.hand_over.begun", { name: titleOf(user) }));
      close();
    } catch {
      // said beside what is wrong
    }
  };
  const one = rule === "one";
  const choose = (who: Title | null) =>
    who && setPeople(one ? [who] : [...people.filter((each) => each.id !== who.id), who]);
  return (
    <Dialog onClose={close} title={t("web.hand_over.title", { name: titleOf(user) })} size="lg">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <Radio.Group label={t("web.hand_over.why")} value={why} onChange={(value) => setWhy(value as Why)}>
            <Group mt={4}>
              <Radio value="leave" label={t("web.hand_over.leave")} />
              <Radio value="stay" label={t("web.hand_over.stay")} />
              {dismisses && <Radio value="dismiss" label={t("web.hand_over.dismiss")} />}
            </Group>
          </Radio.Group>
          {why === "leave" && (
            <DayInput
              label={t("web.hand_over.until")}
              value={until}
              onChange={(value) => setUntil(typeof value === "string" ? value : null)}
              error={of("until")}
            />
          )}
          <p className={css.note}>{t(`web.hand_over.${why}_note`)}</p>
          <Select
            label={t("web.hand_over.rule")}
            data={RULES.map((value) => ({ value, label: t(`web.hand_over.rule.${value}`) }))}
            value={rule}
            onChange={(value) => {
              setRule(value as Rule);
              if (value === "one") setPeople(people.slice(0, 1));
            }}
            allowDeselect={false}
            comboboxProps={{ transitionProps: { duration: 0 } }}
          />
          <RefSelect
            key={one ? "one" : people.length}
            entity="user"
            label={t("web.hand_over.to")}
            value={one ? (people[0]?.id ?? null) : null}
            title={one ? people[0] : undefined}
            onChange={choose}
            placeholder={one ? undefined : t("web.hand_over.add")}
            error={of("to")}
          />
          {!one && people.length > 0 && (
            <ul className={css.people}>
              {people.map((each) => (
                <li key={each.id}>
                  {each.title}
                  <button
                    type="button"
                    aria-label={t("web.hand_over.without", { name: each.title ?? "" })}
                    onClick={() => setPeople(people.filter((other) => other.id !== each.id))}
                  >
                    <X size={14} />
                  </button>
                </li>
              ))}
            </ul>
          )}
          {elsewhere && <p role="alert">{said(wrong)}</p>}
          {people.length > 0 && plan.data && !plan.error && <Plan shares={plan.data.to} beyond={plan.data.beyond} />}
        </Stack>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close}>
            {t("web.cancel")}
          </Button>
          <Button type="submit" loading={isPending} disabled={!people.length || !shown}>
            {why === "dismiss" ? t("web.hand_over.do_dismiss") : t("web.hand_over.do")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

function Plan({ shares, beyond }: { shares: Share[]; beyond: number }) {
  const kinds = Object.keys(shares[0]?.held ?? {});
  const revenue = shares.some((each) => each.revenue !== null);
  return (
    <>
      <Room label={t("web.hand_over.plan")}>
        <table className={css.plan}>
          <thead>
            <tr>
              <th scope="col">{t("web.hand_over.who")}</th>
              {kinds.map((kind) => (
                <th key={kind} scope="col">
                  {t(`entity.${kind}`)}
                </th>
              ))}
              {revenue && <th scope="col">{t("web.hand_over.revenue")}</th>}
              <th scope="col">{t("web.hand_over.load")}</th>
            </tr>
          </thead>
          <tbody>
            {shares.map((each) => (
              <tr key={each.id}>
                <th scope="row">{each.name}</th>
                {kinds.map((kind) => (
                  <td key={kind}>{whole(each.held[kind] ?? 0)}</td>
                ))}
                {revenue && <td>{money(each.revenue)}</td>}
                <td>{whole(each.load)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Room>
      {beyond > 0 && <p className={css.note}>{tn("web.hand_over.beyond", beyond)}</p>}
    </>
  );
}
