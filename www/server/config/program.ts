/** The words that start this program on the machine of the administrator. */
export const program = process.env['npm_command'] === 'exec' ? 'npx valet-park' : 'valet-park';
