import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { paintClasses } from "./design/class-styles.ts";
import "./design/css/index.css";
import { App } from "./shell/app.tsx";

paintClasses(document.documentElement);
createRoot(document.getElementById("page") as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
