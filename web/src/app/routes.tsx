// Which screen an address names. The first is fetched beside the session, the others when the browser has nothing else
// to do.
import type { ComponentType } from "react";
import { Redirect, Route, Switch } from "wouter";
import { may, useSession } from "@/api/useSession";
import { places } from "@/app/places";
import { t } from "@/core/words";
import { later } from "@/ui/later";
import { Nothing } from "@/ui/Nothing";
import { Page } from "@/ui/Page";

type Load = () => Promise<{ default: ComponentType }>;

/* Records guard themselves: the server does not tell their entity to those who may not see it. */
const screens: [path: string, load: Load, needs?: [entity: string, verb: string]][] = [
  ["/today", () => import("@/features/activities/Today"), ["activity", "view"]],
  ["/calendar", () => import("@/features/activities/Calendar"), ["activity", "view"]],
  ["/activities", () => import("@/features/activities/Activities"), ["activity", "view"]],
  ["/standing", () => import("@/features/activities/Standing"), ["client", "view"]],
  ["/clients", () => import("@/features/clients/Clients")],
  ["/clients/:id", () => import("@/features/clients/ClientCard")],
  ["/analysis/:name", () => import("@/features/analysis/Analysis"), ["analysis", "view"]],
  ["/import", () => import("@/features/import/Imports"), ["import", "view"]],
  ["/import/new", () => import("@/features/import/NewImport"), ["import", "add"]],
  ["/import/:id", () => import("@/features/import/ImportCard"), ["import", "view"]],
  ["/persons/:id", () => import("@/features/persons/PersonCard")],
  ["/deals", () => import("@/features/deals/Deals")],
  ["/deals/:id", () => import("@/features/deals/DealCard")],
  ["/funnel", () => import("@/features/funnel/Funnel"), ["metric", "view"]],
  ["/findings", () => import("@/features/watches/Findings")],
  ["/findings/:id", () => import("@/features/watches/FindingCard")],
  ["/requests", () => import("@/features/requests/Requests")],
  ["/requests/:id", () => import("@/features/requests/RequestCard")],
  ["/sales", () => import("@/features/sales/Sales")],
  ["/sales/:id", () => import("@/features/sales/SaleCard")],
  ["/products", () => import("@/features/products/Products")],
  ["/products/:id", () => import("@/features/products/ProductCard")],
  ["/people", () => import("@/features/people/Users")],
  ["/people/users/:id", () => import("@/features/people/UserCard")],
  ["/people/units", () => import("@/features/people/Units")],
  ["/people/units/:id", () => import("@/features/people/UnitCard")],
  ["/people/roles", () => import("@/features/people/Roles")],
  ["/people/roles/:id", () => import("@/features/people/RoleCard")],
  ["/settings/me", () => import("@/features/settings/Me")],
  ["/settings/firm", () => import("@/features/settings/Firm"), ["firm", "change"]],
  ["/settings/schedule", () => import("@/features/settings/Schedule"), ["firm", "change"]],
  ["/settings/fields", () => import("@/features/settings/OwnFields"), ["field", "view"]],
  ["/r/view", () => import("@/features/settings/SavedLists")],
  [
    "/r/view/:id",
    () => import("@/features/settings/SavedLists").then(({ SavedListCard: card }) => ({ default: card })),
  ],
  ["/r/process_version/:id", () => import("@/features/processes/VersionCard")],
  ["/r/:entity", () => import("@/generic/GenericList")],
  ["/r/:entity/:id", () => import("@/generic/GenericCard")],
  ["/settings/others", () => import("@/features/settings/Others")],
  ["/settings/lists", () => import("@/features/settings/WorkLists")],
  ["/settings/absences", () => import("@/features/settings/Absences")],
  [
    "/settings/absences/:id",
    () => import("@/features/settings/Absences").then(({ AbsenceCard: card }) => ({ default: card })),
  ],
  ["/settings/:entity", () => import("@/features/settings/Dictionary")],
  [
    "/settings/:entity/:id",
    () => import("@/features/settings/Dictionary").then(({ DictionaryCard: card }) => ({ default: card })),
  ],
];

const shown = screens.map(([path, load, needs]) => ({ path, needs, ...later(load) }));

const isAt = (path: string, place: string) => new RegExp(`^${path.replace(/:\w+/g, "[^/]+")}$`).test(place);

/** Fetches the code of the screen at an address. */
export const fetchScreen = async (place: string) => shown.find(({ path }) => isAt(path, place))?.fetch();

/** Fetches what any click may need. */
export const fetchScreens = () => Promise.all(shown.map(({ fetch }) => fetch()));

export function Routes() {
  const session = useSession();
  const first = places.find((place) => place.open(session));
  return (
    <Switch>
      <Route path="/">{first && <Redirect to={first.path} replace />}</Route>
      <Route path="/analysis">
        <Redirect to="/analysis/findings" replace />
      </Route>
      <Route path="/settings">
        <Redirect to="/settings/me" replace />
      </Route>
      {shown.map(({ path, needs, Part }) => (
        <Route key={path} path={path}>
          {!needs || may(session, ...needs) ? (
            <Part />
          ) : (
            <Nothing title={t("web.denied")}>{t("web.denied.note")}</Nothing>
          )}
        </Route>
      ))}
      <Route>
        <Page title={t("web.nowhere")} name={t("web.nowhere")}>
          {t("web.nowhere.note")}
        </Page>
      </Route>
    </Switch>
  );
}
