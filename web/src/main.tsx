// Where the client starts.
import "@mantine/core/styles.css";
import "@/app/base.css";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
