// What an answer speaks of, as a person would say it: "01.12.2025 – 30.11.2026", "Канал: Розница". For paper, and where
// the settings themselves are folded away.
import { useFoundTitles } from "@/api/useFoundTitles";
import { useRecord } from "@/api/useRecord";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import type { AnswerSettings } from "@/features/analysis/answers";
import type { AnalysisRow, Setting } from "@/features/analysis/list";
import { daysInWords } from "@/features/analysis/periods";
import type { Settings } from "@/features/analysis/useAnalysis";
import { titleOf } from "@/fields/titleOf";

export function useSettingsInWords(of: AnalysisRow, settings: Settings, real: AnswerSettings | null): string[] {
  const session = useSession();
  const channels = useFoundTitles("channel", "", Boolean(settings.channel) && may(session, "channel", "view")).data;
  const seller = useRecord("user", Number(settings.seller), Boolean(settings.seller)).data;
  const client = useRecord("client", Number(settings.client), Boolean(settings.client)).data;
  const product = useRecord("product", Number(settings.product), Boolean(settings.product)).data;
  if (!real) return [];
  const channel = channels?.items.find(({ id }) => String(id) === settings.channel)?.title;
  const named = (label: string, value: string | undefined) => value && `${label}: ${value}`;
  const said: Record<Setting, () => string | undefined> = {
    period: () => daysInWords(real.from, real.to),
    before: () =>
      settings.before_from
        ? `${t("web.analysis.against")} ${daysInWords(settings.before_from, settings.before_to)}`
        : undefined,
    compare: () => named(t("web.analysis.compare"), settings.before && daysInWords(settings.before, undefined)),
    of: () => t(`web.analysis.of.${real.of}`),
    grain: () => named(t("web.analysis.grain"), settings.grain && t(`web.grain.${settings.grain}`)),
    measure: () => t(`web.measure.${real.measure}`),
    cuts: () => (settings.cuts ? `ABC ${settings.cuts.replace(",", " / ")}` : undefined),
    xyz: () => (settings.xyz ? `XYZ ${settings.xyz.replace(",", " / ")}` : undefined),
    channel: () => named(t("sale.channel_id"), settings.channel && (channel ?? "…")),
    class: () => (settings.class ? t("web.analysis.class_of", { name: settings.class }) : undefined),
    seller: () => named(t("sale.seller_id"), settings.seller && (seller ? titleOf(seller) : "…")),
    client: () => named(t("head.client"), settings.client && (client ? titleOf(client) : "…")),
    product: () => named(t("head.product"), settings.product && (product ? titleOf(product) : "…")),
  };
  return of.settings.map((setting) => said[setting]()).filter((text) => text !== undefined && text !== "") as string[];
}
