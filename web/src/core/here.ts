// Whether a link leads to where one is: the same path with the same parameters, in whichever order.
import { useLocation, useSearch } from "wouter";

const inOrder = (query: string) => {
  const params = new URLSearchParams(query);
  params.sort();
  return params.toString();
};

export function useIsHere() {
  const [path] = useLocation();
  const query = useSearch();
  return (to: string) => {
    const [there = "", asked = ""] = to.split("?");
    return there === path && inOrder(asked) === inOrder(query);
  };
}
