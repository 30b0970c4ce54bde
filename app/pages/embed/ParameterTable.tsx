import { parameterNames, parameters } from '../../embed/parameters.ts';
import { ScrollArea } from '../../views/ScrollArea.tsx';
import styles from './Embed.module.css';

/** The parameters as a table, from the same list that reads them. */
export function ParameterTable() {
  return (
    <ScrollArea label="Parameters" className={styles.table}>
      <table>
        <thead>
          <tr>
            <th scope="col">Parameter</th>
            <th scope="col">What it does</th>
            <th scope="col">Expects</th>
            <th scope="col">Without it</th>
          </tr>
        </thead>
        <tbody>
          {parameterNames.map((name) => {
            const { help, expects, default: standIn } = parameters[name];
            return (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>{help}</td>
                <td>{expects}</td>
                <td>{standIn ?? '—'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollArea>
  );
}
