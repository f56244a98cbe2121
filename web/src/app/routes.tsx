// Which screen an address names. Each is fetched when it is first seen.
import { lazy } from "react";
import { Redirect, Route, Switch } from "wouter";
import { useSession } from "@/api/useSession";
import { places } from "@/app/places";
import { t } from "@/core/words";
import { Nothing } from "@/ui/Nothing";

const Clients = lazy(() => import("@/features/clients/Clients"));
const ClientCard = lazy(() => import("@/features/clients/ClientCard"));
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
      <Route path="/persons/:id" component={PersonCard} />
      <Route path="/sales" component={Sales} />
      <Route path="/sales/:id" component={SaleCard} />
      <Route path="/products" component={Products} />
      <Route path="/products/:id" component={ProductCard} />
      <Route>
        <Nothing title={t("web.nowhere")}>{t("web.nowhere.note")}</Nothing>
      </Route>
    </Switch>
  );
}
