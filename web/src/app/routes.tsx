// Which screen an address names. Each is fetched when it is first seen.
import { lazy } from "react";
import { Redirect, Route, Switch } from "wouter";
import { useSession } from "@/api/useSession";
import { places } from "@/app/places";
import { t } from "@/core/words";
import { Nothing } from "@/ui/Nothing";

const Clients = lazy(() => import("@/features/clients/Clients"));
const Analysis = lazy(() => import("@/features/analysis/Analysis"));
const ClientCard = lazy(() => import("@/features/clients/ClientCard"));
const Imports = lazy(() => import("@/features/import/Imports"));
const ImportCard = lazy(() => import("@/features/import/ImportCard"));
const NewImport = lazy(() => import("@/features/import/NewImport"));
const Me = lazy(() => import("@/features/settings/Me"));
const Firm = lazy(() => import("@/features/settings/Firm"));
const Dictionary = lazy(() => import("@/features/settings/Dictionary"));
const DictionaryCard = lazy(() => import("@/features/settings/Dictionary").then(({ DictionaryCard: card }) => ({ default: card })));
const OwnFields = lazy(() => import("@/features/settings/OwnFields"));
const Users = lazy(() => import("@/features/people/Users"));
const UserCard = lazy(() => import("@/features/people/UserCard"));
const Units = lazy(() => import("@/features/people/Units"));
const UnitCard = lazy(() => import("@/features/people/UnitCard"));
const Roles = lazy(() => import("@/features/people/Roles"));
const RoleCard = lazy(() => import("@/features/people/RoleCard"));
const PersonCard = lazy(() => import("@/features/persons/PersonCard"));
const Products = lazy(() => import("@/features/products/Products"));
const ProductCard = lazy(() => import("@/features/products/ProductCard"));
const Sales = lazy(() => import("@/features/sales/Sales"));
const SaleCard = lazy(() => import("@/features/sales/SaleCard"));

export function Routes() {
  const session = useSession();
  const first = places.find((place) => place.open(session));
  return (
    <Switch>
      <Route path="/">{first && <Redirect to={first.path} replace />}</Route>
      <Route path="/clients" component={Clients} />
      <Route path="/clients/:id" component={ClientCard} />
      <Route path="/analysis">
        <Redirect to="/analysis/findings" replace />
      </Route>
      <Route path="/analysis/:name" component={Analysis} />
      <Route path="/import" component={Imports} />
      <Route path="/import/new" component={NewImport} />
      <Route path="/import/:id" component={ImportCard} />
      <Route path="/persons/:id" component={PersonCard} />
      <Route path="/sales" component={Sales} />
      <Route path="/sales/:id" component={SaleCard} />
      <Route path="/products" component={Products} />
      <Route path="/products/:id" component={ProductCard} />
      <Route path="/people" component={Users} />
      <Route path="/people/users/:id" component={UserCard} />
      <Route path="/people/units" component={Units} />
      <Route path="/people/units/:id" component={UnitCard} />
      <Route path="/people/roles" component={Roles} />
      <Route path="/people/roles/:id" component={RoleCard} />
      <Route path="/settings">
        <Redirect to="/settings/me" replace />
      </Route>
      <Route path="/settings/me" component={Me} />
      <Route path="/settings/firm" component={Firm} />
      <Route path="/settings/fields" component={OwnFields} />
      <Route path="/settings/:entity" component={Dictionary} />
      <Route path="/settings/:entity/:id" component={DictionaryCard} />
      <Route>
        <Nothing title={t("web.nowhere")}>{t("web.nowhere.note")}</Nothing>
      </Route>
    </Switch>
  );
}
