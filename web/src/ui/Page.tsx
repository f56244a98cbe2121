// A screen: its name, what can be done on it, and its body. The name is also the window's title.
import type { ReactNode } from "react";
import { useContext, useEffect } from "react";
import { Link } from "wouter";
import ChevronLeft from "icons/IconChevronLeft.mjs";
import { SignedIn } from "@/api/useSession";
import { day, today } from "@/core/day";
import { backTo } from "@/core/place";
import { paperSays } from "@/ui/paper";
import css from "@/ui/Page.module.css";

interface Props {
  title: ReactNode;
  name: string;
  aside?: ReactNode;
  /** One line below the title; it may turn out empty. */
  note?: ReactNode;
  actions?: ReactNode;
  back?: { to: string; label: string };
  fill?: boolean;
  /** What is said below the title on paper: the period, the conditions. */
  printed?: string[];
  children: ReactNode;
}

export function Page({ title, name, aside, note, actions, back, fill, printed, children }: Props) {
  const firm = useContext(SignedIn)?.firm.name ?? "";
  useEffect(() => {
    document.title = `${name} · Sbyt`;
    paperSays({ firm, title: name, day: day(today()) });
  }, [name, firm]);
  return (
    <div className={css.page} data-fill={fill || undefined}>
      <header className={css.head}>
        <div className={css.titles}>
          {back && (
            <Link href={backTo(back.to)} className={css.back}>
              <ChevronLeft size={16} aria-hidden /> {back.label}
            </Link>
          )}
          <h1 className={css.title}>{title}</h1>
          {aside && <div className={css.aside}>{aside}</div>}
        </div>
        {actions && <div className={css.actions}>{actions}</div>}
      </header>
      {note && <div className={css.note}>{note}</div>}
      {printed && printed.length > 0 && <div className={css.printed}>{printed.join(" · ")}</div>}
      {children}
    </div>
  );
}
