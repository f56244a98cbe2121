// The analysis place: which analysis, its settings, the sentence it comes to, its charts and tables, and what can be
// taken along.
import { Button } from "@mantine/core";
import type { ComponentType } from "react";
import { Redirect, useParams } from "wouter";
import FileSpreadsheet from "icons/IconFileSpreadsheet.mjs";
import Printer from "icons/IconPrinter.mjs";
import { may, useSession } from "@/api/useSession";
import { useActions } from "@/core/actions";
import { t } from "@/core/words";
import { AnalysisNav } from "@/features/analysis/AnalysisNav";
import { FoldedSettings } from "@/features/analysis/FoldedSettings";
import { analyses, type AnalysisRow } from "@/features/analysis/list";
import { Members } from "@/features/analysis/Members";
import { Said } from "@/features/analysis/Said";
import { SavedMenu } from "@/features/analysis/SavedMenu";
import type { ScreenProps } from "@/features/analysis/screen";
import Abc from "@/features/analysis/screens/Abc";
import Concentration from "@/features/analysis/screens/Concentration";
import Dynamics from "@/features/analysis/screens/Dynamics";
import Falling from "@/features/analysis/screens/Falling";
import Findings from "@/features/analysis/screens/Findings";
import Growth from "@/features/analysis/screens/Growth";
import Matrix from "@/features/analysis/screens/Matrix";
import Misleads from "@/features/analysis/screens/Misleads";
import Rfm from "@/features/analysis/screens/Rfm";
import Status from "@/features/analysis/screens/Status";
import Why from "@/features/analysis/screens/Why";
import WorkingBase from "@/features/analysis/screens/WorkingBase";
import Xyz from "@/features/analysis/screens/Xyz";
import { SettingsBar } from "@/features/analysis/SettingsBar";
import { analysisPath, useAnalysis } from "@/features/analysis/useAnalysis";
import { useNothing } from "@/features/analysis/useNothing";
import { useSettings } from "@/features/analysis/useSettings";
import { useSettingsInWords } from "@/features/analysis/useSettingsInWords";
import { Nothing } from "@/ui/Nothing";
import { Page } from "@/ui/Page";
import { Trouble } from "@/ui/Trouble";
import { useNarrow } from "@/ui/useNarrow";
import { Waiting } from "@/ui/Waiting";
import css from "@/features/analysis/Analysis.module.css";

type Screen = ComponentType<ScreenProps>;

const screens: Record<string, Screen> = {
  findings: Findings,
  finding: Members,
  working_base: WorkingBase,
  growth: Growth,
  dynamics: Dynamics,
  why: Why,
  abc: Abc,
  xyz: Xyz,
  matrix: Matrix,
  rfm: Rfm,
  status: Status,
  falling: Falling,
  concentration: Concentration,
  misleads: Misleads,
};

export default function Analysis() {
  const { name } = useParams<{ name: string }>();
  const of = analyses.find((each) => each.name === name);
  if (!of) return <Redirect to="/analysis/findings" replace />;
  return (
    <div className={css.place}>
      <aside className={css.nav}>
        <AnalysisNav at={of.group ? of.name : "findings"} />
      </aside>
      <Shown key={name} of={of} />
    </div>
  );
}

function Shown({ of }: { of: AnalysisRow }) {
  const [settings, change, take] = useSettings(of);
  const { data, error, refetch, isPlaceholderData } = useAnalysis(of.name, settings);
  const session = useSession();
  const nothing = useNothing(data);
  const Screen = screens[of.name];
  const title = t(`web.analysis.${of.name}`);
  const sheet = may(session, "analysis", "export") ? analysisPath(of.name, settings, { format: "xlsx" }) : undefined;
  const said = useSettingsInWords(of, settings, data?.settings ?? null);
  const narrow = useNarrow();
  const tools = (
    <>
      <SavedMenu analysis={of.name} settings={settings} take={take} />
      {sheet && (
        <Button component="a" variant="default" href={sheet} download leftSection={<FileSpreadsheet size={16} />}>
          {t("web.export.xlsx")}
        </Button>
      )}
    </>
  );
  useActions([{ name: "print", label: t("web.print"), run: () => window.print() }]);
  return (
    <Page
      title={title}
      name={title}
      printed={said}
      actions={
        !narrow && (
          <>
            {tools}
            <Button variant="default" leftSection={<Printer size={16} />} onClick={() => window.print()}>
              {t("web.print")}
            </Button>
          </>
        )
      }
    >
      <FoldedSettings said={said}>
        <SettingsBar of={of} settings={settings} real={data?.settings ?? null} change={change} />
        {narrow && <div className={css.tools}>{tools}</div>}
      </FoldedSettings>
      {error ? (
        <Trouble error={error} again={() => void refetch()} />
      ) : !data ? (
        <Waiting />
      ) : nothing ? (
        <Nothing
          title={t("web.analysis.nothing")}
          way={may(session, "import", "add") ? { to: "/import/new", label: t("web.import.new") } : undefined}
        >
          {t("web.analysis.nothing_note")}
        </Nothing>
      ) : (
        <div className={css.answer} data-stale={isPlaceholderData || undefined} aria-busy={isPlaceholderData}>
          <Said answer={data} />
          {Screen && <Screen name={of.name} data={data} settings={settings} change={change} sheet={sheet} />}
        </div>
      )}
    </Page>
  );
}
