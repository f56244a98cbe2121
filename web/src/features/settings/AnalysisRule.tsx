// What the analyses go by: the limit for one client, and fixed costs for whoever may know costs.
import { NumberInput } from "@mantine/core";
import { useState } from "react";
import { t } from "@/core/words";
import { SettingsForm } from "@/features/settings/SettingsForm";
import { type Rule, useRule, useRuleChange } from "@/features/settings/useRule";

export function AnalysisRule() {
  const { data: rule } = useRule();
  return rule ? <RuleForm rule={rule} key={`${rule.one_limit} ${rule.fixed_month}`} /> : null;
}

function RuleForm({ rule }: { rule: Rule }) {
  const [limit, setLimit] = useState<number | string>(Number(rule.one_limit));
  const [fixed, setFixed] = useState<number | string>(rule.fixed_month ? Number(rule.fixed_month) : "");
  const change = useRuleChange();
  const knowsCosts = rule.fixed_month !== undefined;
  const body = {
    one_limit: String(limit),
    ...(knowsCosts ? { fixed_month: fixed === "" ? "" : Number(fixed).toFixed(2) } : {}),
  };
  return (
    <SettingsForm title={t("web.settings.rule")} note={t("web.settings.rule_note")} change={change} body={body}>
      {(errorOf) => (
        <>
          <NumberInput
            label={t("web.settings.rule_limit")}
            min={0}
            max={100}
            decimalScale={2}
            decimalSeparator=","
            value={limit}
            error={errorOf("one_limit")}
            onChange={setLimit}
          />
          {knowsCosts && (
            <NumberInput
              label={t("web.settings.rule_fixed")}
              min={0}
              decimalScale={2}
              decimalSeparator=","
              thousandSeparator=" "
              value={fixed}
              error={errorOf("fixed_month")}
              onChange={setFixed}
            />
          )}
        </>
      )}
    </SettingsForm>
  );
}
