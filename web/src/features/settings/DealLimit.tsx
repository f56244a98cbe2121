// From which amount on a deal is a large one, for whoever sees deals.
import { NumberInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "@/api/http";
import { may, useSession } from "@/api/useSession";
import { currencySign } from "@/core/number";
import { t } from "@/core/words";
import { SettingsForm } from "@/features/settings/SettingsForm";

interface Limit {
  large: string;
}

const key = ["deal-limit"];

export function DealLimit() {
  const open = may(useSession(), "deal", "view");
  const { data } = useQuery({ queryKey: key, queryFn: () => call<Limit>("GET", "/api/deal_limit"), enabled: open });
  return data ? <LimitForm limit={data} key={data.large} /> : null;
}

function LimitForm({ limit }: { limit: Limit }) {
  const client = useQueryClient();
  const [large, setLarge] = useState<number | string>(Number(limit.large));
  const change = useMutation({
    mutationFn: (body: Limit) => call<Limit>("PATCH", "/api/deal_limit", { body }),
    onSuccess: async (saved) => {
      client.setQueryData(key, saved);
      await client.invalidateQueries({ queryKey: ["list", "deal"] });
    },
  });
  return (
    <SettingsForm
      title={t("web.place.deals")}
      note={t("web.settings.deals_note")}
      change={change}
      body={{ large: large === "" ? "" : Number(large).toFixed(2) }}
    >
      {(errorOf) => (
        <NumberInput
          label={t("web.settings.deal_large")}
          min={0}
          decimalScale={2}
          decimalSeparator=","
          thousandSeparator=" "
          suffix={` ${currencySign()}`}
          value={large}
          error={errorOf("large")}
          onChange={setLarge}
        />
      )}
    </SettingsForm>
  );
}
