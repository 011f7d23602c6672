import { useEngineGone } from "../../ui/engine-gone.tsx";
import { Modal } from "../../ui/modal.tsx";
import { EditForm } from "./edit-form.tsx";
import { useOriginal } from "./use-original.ts";

/** A delivery to be changed, signed and sent. What is sent is kept as a new delivery; this one never changes. */
export function EditDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const opened = useOriginal(id);
  const title = `Edit and send ${id}`;
  const gone = useEngineGone(true);
  if (opened.kind === "ready") return <EditForm title={title} opened={opened.value} onClose={onClose} />;
  return (
    <Modal title={title} isWide onClose={onClose}>
      {opened.kind === "failed" ? (
        <p role="alert" className="text-bad wrap-anywhere">
          {opened.message}
        </p>
      ) : (
        <p className="appear-late text-t3">{gone ?? "Loading"}</p>
      )}
    </Modal>
  );
}
