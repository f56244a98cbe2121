// The analysis place: which analysis, its settings, the sentence it comes to, its charts and tables, and what can be taken along.
import { Button } from "@mantine/core";
import { type ComponentType, lazy, Suspense } from "react";
import { Redirect, useParams } from "wouter";
import FileSpreadsheet from "icons/IconFileSpreadsheet.mjs";
import Printer from "icons/IconPrinter.mjs";
import { useActions } from "@/core/actions";
import { t } from "@/core/words";
import { AnalysisNav } from "@/features/analysis/AnalysisNav";
import { analyses, type AnalysisRow } from "@/features/analysis/list";
import { Said } from "@/features/analysis/Said";
import { SavedMenu } from "@/features/analysis/SavedMenu";
import type { ScreenProps } from "@/features/analysis/screen";
import { SettingsBar } from "@/features/analysis/SettingsBar";
import { analysisPath, useAnalysis } from "@/features/analysis/useAnalysis";
import { useSettings } from "@/features/analysis/useSettings";
import { Page } from "@/ui/Page";
import { Trouble } from "@/ui/Trouble";
import { Waiting } from "@/ui/Waiting";
import css from "@/features/analysis/Analysis.module.css";

type Screen = ComponentType<ScreenProps>;

const screens: Record<string, Screen> = {
  findings: lazy(() => import("@/features/analysis/screens/Findings")),
  working_base: lazy(() => import("@/features/analysis/screens/WorkingBase")),
  growth: lazy(() => import("@/features/analysis/screens/Growth")),
  dynamics: lazy(() => import("@/features/analysis/screens/Dynamics")),
  why: lazy(() => import("@/features/analysis/screens/Why")),
  abc: lazy(() => import("@/features/analysis/screens/Abc")),
  xyz: lazy(() => import("@/features/analysis/screens/Xyz")),
  matrix: lazy(() => import("@/features/analysis/screens/Matrix")),
  rfm: lazy(() => import("@/features/analysis/screens/Rfm")),
  status: lazy(() => import("@/features/analysis/screens/Status")),
  falling: lazy(() => import("@/features/analysis/screens/Falling")),
  concentration: lazy(() => import("@/features/analysis/screens/Concentration")),
  misleads: lazy(() => import("@/features/analysis/screens/Misleads")),
};

export default function Analysis() {
  const { name } = useParams<{ name: string }>();
  const of = analyses.find((each) => each.name === name);
  return of ? <Shown key={name} of={of} /> : <Redirect to="/analysis/findings" replace />;
}

function Shown({ of }: { of: AnalysisRow }) {
  const [settings, change, take] = useSettings();
  const { data, error, refetch, isPlaceholderData } = useAnalysis(of.name, settings);
  const Screen = screens[of.name];
  const title = t(`web.analysis.${of.name}`);
  useActions([{ name: "print", label: t("web.print"), run: () => window.print() }]);
  return (
    <div className={css.place}>
      <aside className={css.nav}>
        <AnalysisNav at={of.name} />
      </aside>
      <Page
        title={title}
        name={title}
        actions={
          <>
            <SavedMenu analysis={of.name} settings={settings} take={take} />
            <Button component="a" variant="default" href={analysisPath(of.name, settings, { format: "xlsx" })} download leftSection={<FileSpreadsheet size={16} />}>
              {t("web.export.xlsx")}
            </Button>
            <Button variant="default" className={css.print} leftSection={<Printer size={16} />} onClick={() => window.print()}>
              {t("web.print")}
            </Button>
          </>
        }
      >
        <SettingsBar of={of} settings={settings} real={data?.settings ?? null} change={change} />
        {error ? (
          <Trouble error={error} again={() => void refetch()} />
        ) : !data ? (
          <Waiting />
        ) : (
          <div className={css.answer} data-stale={isPlaceholderData || undefined} aria-busy={isPlaceholderData}>
            <Said answer={data} />
            <Suspense fallback={<Waiting />}>{Screen && <Screen name={of.name} data={data} settings={settings} change={change} sheet={analysisPath(of.name, settings, { format: "xlsx" })} />}</Suspense>
          </div>
        )}
      </Page>
    </div>
  );
}
