// The places of the client, by work; a place is shown to those who may use it.
import type { FunctionComponent } from "react";
import Checklist from "icons/IconChecklist.mjs";
import ChartHistogram from "icons/IconChartHistogram.mjs";
import Eye from "icons/IconEye.mjs";
import Briefcase from "icons/IconBriefcase.mjs";
import MessageQuestion from "icons/IconMessageQuestion.mjs";
import Package from "icons/IconPackage.mjs";
import Receipt from "icons/IconReceipt2.mjs";
import Funnel from "icons/IconFilter.mjs";
import Settings from "icons/IconSettings.mjs";
import Users from "icons/IconUsers.mjs";
import UsersGroup from "icons/IconUsersGroup.mjs";
import DatabaseImport from "icons/IconDatabaseImport.mjs";
import { may } from "@/api/useSession";
import type { Session } from "@/api/shapes";

export interface Place {
  path: string;
  /** What belongs to it besides what is below its path. */
  also?: string[];
  word: string;
  icon: FunctionComponent<{ size?: number; stroke?: number }>;
  open: (session: Session) => boolean;
}

export const places: Place[] = [
  {
    path: "/today",
    also: ["/calendar", "/activities", "/standing", "/r/activity/"],
    word: "web.place.today",
    icon: Checklist,
    open: (s) => may(s, "activity", "view"),
  },
  { path: "/clients", word: "web.place.clients", icon: Users, open: (s) => may(s, "client", "view") },
  { path: "/deals", word: "web.place.deals", icon: Briefcase, open: (s) => may(s, "deal", "view") },
  {
    path: "/funnel",
    word: "web.place.funnel",
    icon: Funnel,
    open: (s) => may(s, "metric", "view") && may(s, "deal", "view"),
  },
  {
    path: "/requests",
    word: "web.place.requests",
    icon: MessageQuestion,
    open: (s) => may(s, "request", "view"),
  },
  { path: "/findings", word: "web.place.findings", icon: Eye, open: (s) => may(s, "finding", "view") },
  { path: "/sales", word: "web.place.sales", icon: Receipt, open: (s) => may(s, "sale", "view") },
  { path: "/products", word: "web.place.products", icon: Package, open: (s) => may(s, "product", "view") },
  { path: "/analysis", word: "web.place.analysis", icon: ChartHistogram, open: (s) => may(s, "analysis", "view") },
  { path: "/import", word: "web.place.import", icon: DatabaseImport, open: (s) => may(s, "import", "view") },
  { path: "/people", word: "web.place.people", icon: UsersGroup, open: (s) => may(s, "user", "view") },
  { path: "/settings", word: "web.place.settings", icon: Settings, open: () => true },
];

export const isIn = ({ path, also = [] }: Place, at: string) => [path, ...also].some((each) => at.startsWith(each));

/** The three that stand in a phone's bar beside "more": the first of these that are open. */
export const onPhone = ["/today", "/clients", "/deals", "/analysis", "/sales", "/products", "/settings"];
