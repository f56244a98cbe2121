// The whole client: who is there, in which language, and what they are shown.
import { MantineProvider } from "@mantine/core";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { Refusal, whenSignedOut } from "@/api/http";
import { SignedIn, useWho } from "@/api/useSession";
import type { Who } from "@/api/who";
import { draftsAreOf } from "@/core/draft";
import { keepFocus } from "@/core/keepFocus";
import { keepPage } from "@/core/keepPage";
import { placesAreOf } from "@/core/place";
import { sessionEnded } from "@/core/sessionEnded";
import { Language } from "@/app/Language";
import { Shell } from "@/app/Shell";
import { theme } from "@/app/theme";
import { Boundary } from "@/ui/Boundary";
import { Toasts } from "@/ui/Toasts";
import { Trouble } from "@/ui/Trouble";

const SignIn = lazy(() => import("@/features/sign-in/SignIn"));
const SetUp = lazy(() => import("@/features/set-up/SetUp"));

const worthAgain = (count: number, error: unknown) =>
  count < 2 && !(error instanceof Refusal && error.status >= 400 && error.status < 500);

const client = new QueryClient({
  queryCache: new QueryCache(),
  defaultOptions: { queries: { retry: worthAgain, staleTime: 15_000, refetchOnWindowFocus: false } },
});

export const knows = (who: Who) => client.setQueryData(["session"], who);

export function App() {
  useEffect(keepFocus, []);
  useEffect(keepPage, []);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={client}>
        <Language>
          <Boundary at="">
            <Suspense fallback={null}>
              <Entrance />
            </Suspense>
          </Boundary>
          <Toasts />
        </Language>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Entrance() {
  const { data, error, refetch } = useWho();
  useEffect(() => {
    whenSignedOut(() => {
      if (!client.getQueryData<Who>(["session"])?.session) return; // who left of his own will knows
      sessionEnded.set(true);
      void client.invalidateQueries({ queryKey: ["session"] });
    });
  }, []);
  if (error) return <Trouble error={error} again={() => void refetch()} />;
  if (!data) return null;
  if (data.session) {
    draftsAreOf(data.session.user.id);
    placesAreOf(data.session.user.id);
    return (
      <SignedIn.Provider value={data.session}>
        <Shell key={data.session.user.id} />
      </SignedIn.Provider>
    );
  }
  return data.setup ? <SetUp /> : <SignIn />;
}
