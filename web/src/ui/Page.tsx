// A screen: its name, what can be done on it, and its body. The name is also the window's title.
import type { ReactNode } from "react";
import { useEffect } from "react";
import { Link } from "wouter";
import ChevronLeft from "icons/IconChevronLeft.mjs";
import css from "@/ui/Page.module.css";

interface Props {
  title: ReactNode;
  name: string;
  aside?: ReactNode;
  actions?: ReactNode;
  back?: { to: string; label: string };
  fill?: boolean;
  children: ReactNode;
}

export function Page({ title, name, aside, actions, back, fill, children }: Props) {
  useEffect(() => {
    document.title = `${name} · Sbyt`;
  }, [name]);
  return (
    <div className={css.page} data-fill={fill || undefined}>
      <header className={css.head}>
        <div className={css.titles}>
          {back && (
            <Link href={back.to} className={css.back}>
              <ChevronLeft size={16} aria-hidden /> {back.label}
            </Link>
          )}
          <h1 className={css.title}>{title}</h1>
          {aside && <div className={css.aside}>{aside}</div>}
        </div>
        {actions && <div className={css.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
