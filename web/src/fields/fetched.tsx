// A widget whose code is fetched when it is wanted, or before; until then a line that nothing can be typed into stands
// in its place. What comes late takes the focus from nobody who has gone on meanwhile.
import { TextInput, type TextInputProps } from "@mantine/core";
import { type ComponentType, type FunctionComponent, Suspense, useState } from "react";
import { presses } from "@/core/presses";
import { later } from "@/ui/later";

type Load<P> = () => Promise<{ default: ComponentType<P> }>;

const all: (() => Promise<void>)[] = [];

export function fetched<P extends { autoFocus?: boolean }>(load: Load<P>): FunctionComponent<P> {
  const { fetch, Part } = later(load);
  all.push(fetch);
  const Come = ({ since, props }: { since: number; props: P }) => (
    <Part {...props} autoFocus={props.autoFocus && presses() === since} />
  );
  return function Fetched(props) {
    const [since] = useState(presses);
    return (
      <Suspense fallback={<Place {...props} />}>
        <Come since={since} props={props} />
      </Suspense>
    );
  };
}

type PlaceProps = Pick<TextInputProps, "label" | "description" | "withAsterisk" | "aria-label" | "error" | "w">;

const Place = ({ label, description, withAsterisk, error, w, ...rest }: PlaceProps) => (
  <TextInput {...{ label, description, withAsterisk, error, w }} aria-label={rest["aria-label"]} disabled />
);

/** All of them, before the first is wanted. */
export const fetchWidgets = () => Promise.all(all.map((fetch) => fetch()));
