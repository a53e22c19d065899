// translationOf: b2d08ec52d2913c9a08939fcbe725ff00201d58be0b1a56bf31358f84313638b
/** How machines differ from a laptop, in Spanish. */
import type {
  linuxDeviationStrings as englishLinux,
  pythonDeviationStrings as englishPython,
} from "../en/deviations.ts";
import type { Words } from "../translation.ts";

/** Where the Python machine differs from CPython on Linux. */
export const pythonDeviationStrings: Words<typeof englishPython> = {
  processes: {
    what: "Procesos",
    here: "Cada uno es un Web Worker con su propio CPython; el kernel que los une es TypeScript, en otro worker.",
    noticed: "platform.system() dice Emscripten. Un host tiene como máximo 64 procesos.",
  },
  fork: {
    what: "fork()",
    here: "La memoria del intérprete se copia en mitad de la llamada; en la copia siguen adelante las funciones que llamaron a fork().",
    noticed:
      "Si fue código en C el que llamó al Python que hace el fork (una función key de sort, un exec), el hijo no puede volver allí: lo dice y termina. Los procesos que escriben en un mismo archivo en el mismo momento, sin O_APPEND, pueden sobrescribir lo que escribió el otro.",
  },
  threads: {
    what: "Hilos",
    here: "Son pilas de Python que se turnan en un solo worker: cuando esperan y, si no esperan, cada 5\u00a0ms, como con el GIL.",
    noticed:
      "Una llamada larga a código en C (una expresión regular, una ordenación) no se interrumpe. Aquí, _thread está escrito en Python.",
  },
  sockets: {
    what: "Sockets",
    here: "TCP de loopback y flujos de Unix dentro del host. Aquí, _socket y select están escritos en Python.",
    noticed:
      "No hay IPv6 ni red. No se puede esperar a un objeto epoll como si fuera un socket. Ni SO_REUSEPORT ni SO_REUSEADDR permiten que dos sockets compartan un puerto UDP.",
  },
  backlog: {
    what: "Un backlog lleno",
    here: "Un cliente que lo encuentra lleno lo intenta de nuevo tras 1\u00a0s, y luego tras 2\u00a0s y 4\u00a0s más, como lo hacía Linux antes de la versión 6.5.",
    noticed: "Un Linux más nuevo lo intenta al principio una vez por segundo, así que las esperas son más cortas.",
  },
  signals: {
    what: "Señales",
    here: "El kernel las entrega cuando un hilo espera; a uno ocupado, en su próximo turno.",
    noticed: "La función que atiende la señal se ejecuta hasta 5\u00a0ms más tarde.",
  },
  tracebacks: {
    what: "Tracebacks",
    here: "Lo que normalmente es C, aquí es Python; traceback.walk_tb y walk_stack están reemplazadas, para que sus frames no aparezcan.",
    noticed: "Un programa que recorre por su cuenta tb_next o f_back encuentra frames de posix-layer.zip.",
  },
  sqlite: {
    what: "SQLite",
    here: "Los procesos se turnan: cada uno se queda con el archivo de la base de datos desde la primera sentencia de una transacción hasta su final, aunque solo lea.",
    noticed:
      "El que espera más que el timeout de la conexión recibe: database is locked. Las filas que se leen después de su sentencia pueden ser más viejas que el archivo. En modo WAL, también las lecturas esperan a las escrituras.",
  },
  terminal: {
    what: "Modos de la terminal",
    here: "termios conoce la edición de líneas, el eco, las teclas de señales y los saltos de línea; las demás opciones se guardan y no hacen nada.",
    noticed:
      "VMIN y VTIME no tienen efecto, y os.open de /dev/tty falla con ENXIO (open funciona). TOSTOP no hace nada.",
  },
  memory: {
    what: "Memoria",
    here: "Un proceso puede ocupar 1\u00a0GB, como con ulimit -v.",
    noticed:
      "Más allá de eso, se lanza MemoryError en ese proceso; ningún OOM killer envía SIGKILL. La memoria que un proceso obtuvo una vez es suya hasta que termina.",
  },
  files: {
    what: "Archivos",
    here: "Cada proceso tiene una réplica; el kernel ordena todos los cambios. La biblioteca estándar y los paquetes están en archivos zip.",
    noticed:
      "Las rutas de los tracebacks comienzan con /lib/python314.zip y /lib/site-packages.zip. Hay 128\u00a0MB en total.",
  },
  packages: {
    what: "Paquetes",
    here: "El pip publicado lee un índice de archivos que vienen con el sitio; python -m venv es nuestro. El bytecode de los wheels se compiló cuando se construyó el sitio.",
    noticed:
      "pip encuentra unos ochenta paquetes, cada uno en una sola versión, y ningún otro: quien aloja el sitio agrega un paquete con una línea en python/archive.in. Un proceso que cargó código nativo de un paquete (pydantic-core, msgspec) no puede hacer fork.",
  },
  proc: {
    what: "/proc",
    here: "Tiene lo que el kernel sabe: procesos, descriptores, sockets. A una página no se le dice cuánto tiempo estuvo ocupado un procesador ni cuánta memoria tiene la computadora.",
    noticed:
      "Los tiempos de procesador son 0, MemTotal son los 4\u00a0GB que WebAssembly puede direccionar, /proc/1, maps y smaps no existen, y no se puede escribir nada.",
  },
  controlSocket: {
    what: "Socket de control de gunicorn",
    here: "Está desactivado con una opción del propio gunicorn: env muestra GUNICORN_CMD_ARGS=--no-control-socket.",
    noticed: "gunicornc no encuentra con quién hablar.",
  },
  modules: {
    what: "Módulos importados de antemano",
    here: "Los procesos parten de una memoria en la que Flask, gunicorn y waitress ya están importados. Se dejan aparte hasta que un programa los importa, si lo que encontraría son esos mismos módulos.",
    noticed:
      "Importarlos no lleva tiempo. sys.modules nombra también posix_layer y pyodide, y sys.meta_path comienza con un buscador nuestro.",
  },
  semaphores: {
    what: "Memoria compartida entre procesos",
    here: "Los workers no tienen memoria en común. Lo que un programa escribe en memoria compartida (Value, Array, shared_memory, mmap) llega a los demás a través del kernel antes de que ese programa vuelva a tomar o soltar un lock, a leer, a escribir o a esperar.",
    noticed:
      "Quien se turna con un lock, una cola o un pipe no nota más diferencia que el tiempo. Sin nada de eso, un cambio puede verse hasta 5\u00a0ms más tarde, y dos procesos que escriben el mismo byte a la vez pueden ver cada uno el suyo durante ese tiempo. El depurador de Werkzeug no inicia ningún resource tracker.",
  },
  shell: {
    what: "El shell",
    here: "sh y los programas pequeños que lo acompañan (ls, curl, ps, sed…) son TypeScript, cada uno un proceso propio. Imprimen lo que imprimen dash y los programas de GNU.",
    noticed:
      "Las opciones que ninguna lección necesita se rechazan, y se dice cuáles son. De un comando que falta se dice por qué. time dice solo cuánto tardó. ab, hey y wrk imprimen, con su formato, lo que esta máquina midió. sed, awk y otros parecidos siguen una entrada en vivo si cada línea vale por sí sola; con números de línea, contadores, END o sort, primero la leen toda.",
  },
  browser: {
    what: "El navegador",
    here: "Una página se muestra en un marco sin origen ni red; el laboratorio le pide al servidor todo lo que ella carga. Sus scripts tienen un location propio del laboratorio.",
    noticed:
      "Dentro de la página no hay marcos ni workers: el panel lo dice. WebSocket y EventSource llegan al servidor que envió la página. Las cookies se guardan; localStorage, solo mientras se muestra la página. location no se sigue en el código que crea eval.",
  },
  users: {
    what: "Usuarios",
    here: "Hay uno solo, student, que puede escuchar en todos los puertos.",
    noticed: "Los puertos por debajo de 1024 no necesitan root. setuid a otro usuario falla.",
  },
};

/** Where the Linux machine differs from a computer with the same Debian. */
export const linuxDeviationStrings: Words<typeof englishLinux> = {
  computer: {
    what: "La computadora",
    here: "Una PC con un procesador y 256\u00a0MB de memoria, que v86 emula en WebAssembly.",
    noticed:
      "Todo es muchas veces más lento, y Python tarda segundos en iniciarse. Los workers que calculan comparten un procesador; los que esperan no se estorban entre sí.",
  },
  turns: {
    what: "Turnos en el procesador",
    here: "Un proceso conserva el procesador durante 40\u00a0ms antes de que lo reciba el siguiente; en una computadora común son unos 3\u00a0ms, en los que esta no alcanza a hacer nada.",
    noticed: "Lo que ocupa un proceso que calcula, los demás lo esperan un poco más.",
  },
  running: {
    what: "Lo que ya está en marcha",
    here: "La máquina se abre como una instantánea en la que los comandos de ambos lados ya se ejecutan. Con otros comandos o con archivos editados, los servidores se inician de verdad.",
    noticed:
      "La terminal lo dice, y muestra lo que los servidores habían impreso hasta entonces. Los procesos son más viejos que la página.",
  },
  computers: {
    what: "Dos computadoras",
    here: "Cada lado es un contenedor, o el propio Debian: con archivos, procesos y puertos propios, bajo un mismo kernel.",
    noticed: "Mientras un lado calcula, el otro espera. systemd se ejecuta solo en el propio Debian.",
  },
  requests: {
    what: "Peticiones de la página",
    here: "Llegan a 127.0.0.1 de ese lado por TCP de verdad, desde la dirección 10.0.N.1.",
    noticed:
      "Los logs de acceso muestran esa dirección. Los segmentos que el sistema huésped no toma se envían de nuevo tras 1\u00a0s, y luego tras 2\u00a0s y 4\u00a0s, como lo hacía Linux antes de la versión 6.5. No hay ninguna otra red.",
  },
  accepting: {
    what: "Quién acepta una conexión y la cierra",
    here: "Una biblioteca pequeña, que se carga antes de cada programa, lo anota para el laboratorio y no cambia nada.",
    noticed: "/etc/ld.so.preload la nombra.",
  },
  packages: {
    what: "Paquetes de Debian",
    here: "Están tal como se publicaron, sin manuales, traducciones ni algunas herramientas; el kernel es el código fuente de Debian, con pocos controladores.",
    noticed: "Faltan apt, perl y man. vi es el de BusyBox.",
  },
};
