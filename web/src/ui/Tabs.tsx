// The parts of a place, each with an address of its own.
import { useEffect, useRef } from "react";
import { Link, useLocation } from "wouter";
import css from "@/ui/Tabs.module.css";

export interface Tab {
  to: string;
  label: string;
  /** Addresses that belong to it besides. */
  also?: string[];
}

export function Tabs({ tabs, label }: { tabs: Tab[]; label: string }) {
  const [at] = useLocation();
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    row.current?.querySelector("[aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [at]);
  return (
    <nav ref={row} className={css.tabs} aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.to}
          href={tab.to}
          className={css.tab}
          aria-current={at === tab.to || tab.also?.includes(at) ? "page" : undefined}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
