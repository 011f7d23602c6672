import { CompareBar } from "./compare-bar.tsx";
import { ListFooter } from "./list-footer.tsx";
import { SelectionBar } from "./selection-bar.tsx";

/** What is below the list: what is marked, what is compared, and what concerns the list as a whole. */
export function ListBars() {
  return (
    <>
      <SelectionBar />
      <CompareBar />
      <ListFooter />
    </>
  );
}
