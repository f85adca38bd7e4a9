//! Says of addresses what each dialect makes of them.

mod args;
mod cases;
mod show;

use args::{Args, Mode};
use std::io::{self, BufRead, Read, Write};
use std::process::ExitCode;
use std::{env, fs};

fn main() -> ExitCode {
    let args = match Args::parse(env::args().skip(1)) {
        Ok(args) => args,
        Err(wrong) => {
            eprintln!("{wrong}\n\n{}", args::HELP);
            return ExitCode::from(2);
        }
    };
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads our output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match &args.mode {
        Mode::Help => write!(out, "{}", args::HELP)?,
        Mode::Cases => {
            for line in io::stdin().lock().lines() {
                writeln!(out, "{}", cases::answer(&line?)?)?;
            }
        }
        Mode::Show(values) => {
            for value in values {
                show::show(value.as_bytes(), &mut out)?;
            }
        }
        Mode::Lines(path) => {
            let mut text = Vec::new();
            if path == "-" {
                io::stdin().lock().read_to_end(&mut text)?;
            } else {
                text = fs::read(path)?;
            }
            for line in text.split(|&byte| byte == b'\n') {
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                if !line.is_empty() {
                    show::show(line, &mut out)?;
                }
            }
        }
    }
    out.flush()
}
