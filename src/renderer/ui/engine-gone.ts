import { createContext } from "react";

/** Why nothing can be done that needs the engine; null while it answers. The window gives it to all buttons in it. */
export const EngineGone = createContext<string | null>(null);
