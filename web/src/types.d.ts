// The words of the door, taken from words/ when the client is built.
declare module "virtual:door-words" {
  const words: Record<"ru" | "en", Record<string, string>>;
  export default words;
}

// Each icon is imported alone, so that a build reads forty files and not five thousand.
declare module "icons/*.mjs" {
  import type { FunctionComponent, SVGProps } from "react";
  const icon: FunctionComponent<
    Omit<SVGProps<SVGSVGElement>, "stroke" | "ref"> & { size?: number | string; stroke?: number | string }
  >;
  export default icon;
}
