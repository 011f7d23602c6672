import { ipcMain } from "electron";
import { runApp } from "./app.ts";

// Not awaited at the top level: Electron is ready only after this module has run.
void runApp(ipcMain);
