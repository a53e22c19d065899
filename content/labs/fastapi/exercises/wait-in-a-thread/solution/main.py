import asyncio
import os
import time

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI(title="Tasks")

tasks: dict[int, str] = {}


class Task(BaseModel):
    text: str


@app.get("/")
async def about():
    return {"tasks": len(tasks), "process": os.getpid()}


@app.post("/tasks", status_code=201)
async def add_task(task: Task):
    number = len(tasks) + 1
    tasks[number] = task.text
    return {"number": number}


@app.get("/tasks/{number}")
async def one_task(number: int):
    if number not in tasks:
        raise HTTPException(status_code=404)
    return {"text": tasks[number]}


@app.get("/blocks")
def blocks():
    # Stands for a library that knows no await.
    time.sleep(0.1)
    return {"waited": 0.1}


@app.get("/awaits")
async def awaits():
    await asyncio.sleep(0.1)
    return {"waited": 0.1}


@app.get("/threads")
def threads():
    time.sleep(0.1)
    return {"waited": 0.1}


@app.get("/broken")
async def broken():
    return {"share": 1 / len([])}
