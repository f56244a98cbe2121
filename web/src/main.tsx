// Where the client starts.
import "@mantine/core/styles.css";
import "@/app/base.css";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { fetchScreen } from "@/app/routes";

const root = document.getElementById("root");
void fetchScreen(location.pathname).catch(() => undefined);
if (root) createRoot(root).render(<App />);
