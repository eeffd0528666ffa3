import type { Field } from './plan-sections.ts';

/** Fields with type and limits; those inside others are indented. */
export function FieldTable({ title, fields }: { title: string; fields: Field[] }) {
  if (fields.length === 0) return null;
  return (
    <table className="mt-2 w-full border-collapse text-left">
      <caption className="pb-1 text-left text-micro text-fg-3">{title}</caption>
      <tbody>
        {fields.map((field) => (
          <tr key={field.key} className="border-t border-line align-baseline">
            <th scope="row" className="w-2/5 py-1 pr-3 font-normal [overflow-wrap:anywhere]">
              {/* Indentation by nesting depth, at most four steps. */}
              <code className={['', 'pl-4', 'pl-8', 'pl-12', 'pl-16'][field.depth]}>{field.name}</code>
              {field.required && <span className="text-meta text-fg-3"> required</span>}
            </th>
            <td className="py-1 text-fg-2 [overflow-wrap:anywhere]">
              {field.type}
              {field.limits && <span className="text-meta text-fg-3">, {field.limits}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
