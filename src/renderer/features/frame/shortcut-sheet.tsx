import { type Action, keyWords } from "../../actions/action.ts";
import { ACTION_GROUPS } from "../../actions/registry.ts";
import { Kbd } from "../../ui/kbd.tsx";
import { Modal } from "../../ui/modal.tsx";

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Modal title="Keys" description="Single keys rest while you type." onClose={onClose}>
      <div className="grid gap-4 sm:grid-cols-2 sm:grid-rows-[auto_1fr]">
        {ACTION_GROUPS.map(({ title, actions }) => (
          <section
            key={title}
            className="grid content-start gap-1 sm:nth-3:col-start-2 sm:nth-3:row-span-2 sm:nth-3:row-start-1"
          >
            <h3 className="font-semibold text-t1">{title}</h3>
            <dl className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-1">
              {actions.filter(hasKey).map(({ id, label, keys }) => (
                <div key={id} className="col-span-2 grid grid-cols-subgrid">
                  <dt>{label}</dt>
                  <dd className="text-t3">
                    <span className="sr-only">{keyWords(keys[0] ?? "")}</span>
                    <Kbd>{keyWords(keys[0] ?? "")}</Kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

/** Some can only be chosen from a menu. */
function hasKey({ keys }: Action): boolean {
  return keys.length > 0;
}
