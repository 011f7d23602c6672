/** Opens the database of each folder that it is told, says whether it could, and closes it when it is told the next. */
import { openDatabase } from "#core/store/open-database.ts";

let db: ReturnType<typeof openDatabase> | undefined;
process.on("message", (dataDir: string) => {
  db?.close();
  db = undefined;
  try {
    db = openDatabase(dataDir);
    process.send?.("opened");
  } catch (error) {
    process.send?.(error instanceof Error && "code" in error ? error.code : String(error));
  }
});
process.on("disconnect", () => process.exit(0));
