"""A list of tasks, as an API."""

import asyncio
import os

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI(title="Tasks")

tasks: dict[int, str] = {}


class Task(BaseModel):
    text: str


@app.get("/")
async def all_tasks():
    return {"tasks": tasks, "process": os.getpid()}


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


@app.get("/slow")
async def slow():
    await asyncio.sleep(0.1)
    return {"slept": 0.1}
