// A part whose code is fetched when it is wanted, or before. What is there already is drawn at once: a lazy component
// would keep the fallback of Suspense in sight for 300 ms first.
import { type ComponentType, lazy, useState } from "react";

type Load<P> = () => Promise<{ default: ComponentType<P> }>;

export function later<P extends object = object>(load: Load<P>) {
  let ready: ComponentType<P> | undefined;
  const fetch = async () => void (ready = (await load()).default);
  const Later = lazy(load) as unknown as ComponentType<P>;
  function Part(props: P) {
    const [Shown] = useState<ComponentType<P>>(() => ready ?? Later);
    return <Shown {...props} />;
  }
  return { fetch, Part };
}
